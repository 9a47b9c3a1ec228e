"""Makes the queues of terraform/queues.json once the tables are there; doing it again changes nothing."""

import json
import os
import pathlib

import boto3

DAY = 86_400


def attributes(queue, arns):
    wanted = {
        "VisibilityTimeout": str(queue.get("visibilitySeconds", 30)),
        "MessageRetentionPeriod": str(queue.get("retentionDays", 4) * DAY),
    }
    if "deadLetter" in queue:
        policy = {"deadLetterTargetArn": arns[queue["deadLetter"]], "maxReceiveCount": queue["maxReceives"]}
        wanted["RedrivePolicy"] = json.dumps(policy)
    return wanted


def main():
    sqs = boto3.client(
        "sqs",
        endpoint_url="http://localhost:4566",
        region_name=os.environ.get("AWS_DEFAULT_REGION", "ap-northeast-2"),
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )
    prefix = os.environ.get("GAVEL_QUEUE_PREFIX", "gavel-")
    queues = json.loads(pathlib.Path("/etc/gavel/queues.json").read_text())
    arns = {}
    for queue in sorted(queues, key=lambda queue: "deadLetter" in queue):
        made = sqs.create_queue(QueueName=prefix + queue["name"], Attributes=attributes(queue, arns))
        found = sqs.get_queue_attributes(QueueUrl=made["QueueUrl"], AttributeNames=["QueueArn"])
        arns[queue["name"]] = found["Attributes"]["QueueArn"]


main()
