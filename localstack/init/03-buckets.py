"""Makes the buckets of terraform/buckets.json once the queues are there; doing it again changes nothing."""

import json
import os
import pathlib

import boto3

CORS = {
    "CORSRules": [
        {
            "AllowedOrigins": ["http://127.0.0.1:*", "http://localhost:*"],
            "AllowedMethods": ["GET", "HEAD", "POST"],
            "AllowedHeaders": ["*"],
            "ExposeHeaders": ["ETag"],
        }
    ]
}


def client(service):
    return boto3.client(
        service,
        endpoint_url="http://localhost:4566",
        region_name=os.environ.get("AWS_DEFAULT_REGION", "ap-northeast-2"),
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )


def make(s3, sqs, bucket, name):
    s3.create_bucket(
        Bucket=name, CreateBucketConfiguration={"LocationConstraint": s3.meta.region_name}
    )
    s3.put_bucket_cors(Bucket=name, CORSConfiguration=CORS)
    if "expireDays" in bucket:
        rule = {"ID": "expire", "Status": "Enabled", "Filter": {}, "Expiration": {"Days": bucket["expireDays"]}}
        s3.put_bucket_lifecycle_configuration(Bucket=name, LifecycleConfiguration={"Rules": [rule]})
    if "arrivals" in bucket:
        url = sqs.get_queue_url(QueueName=os.environ.get("GAVEL_QUEUE_PREFIX", "gavel-") + bucket["arrivals"])
        found = sqs.get_queue_attributes(QueueUrl=url["QueueUrl"], AttributeNames=["QueueArn"])
        told = {"QueueArn": found["Attributes"]["QueueArn"], "Events": ["s3:ObjectCreated:*"]}
        s3.put_bucket_notification_configuration(
            Bucket=name, NotificationConfiguration={"QueueConfigurations": [told]}
        )


def main():
    s3, sqs = client("s3"), client("sqs")
    prefix = os.environ.get("GAVEL_BUCKET_PREFIX", "gavel-")
    there = {bucket["Name"] for bucket in s3.list_buckets()["Buckets"]}
    for bucket in json.loads(pathlib.Path("/etc/gavel/buckets.json").read_text()):
        name = prefix + bucket["name"]
        if name not in there:
            make(s3, sqs, bucket, name)
    pathlib.Path("/tmp/gavel-ready").touch()


main()
