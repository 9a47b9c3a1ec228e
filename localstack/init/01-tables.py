"""Makes the tables of terraform/tables.json once LocalStack is ready; doing it again changes nothing."""

import json
import os
import pathlib

import boto3

PLACE = {
    "endpoint_url": "http://localhost:4566",
    "region_name": os.environ.get("AWS_DEFAULT_REGION", "ap-northeast-2"),
    "aws_access_key_id": "test",
    "aws_secret_access_key": "test",
}


def schema(keys):
    return [{"AttributeName": key["name"], "KeyType": kind} for kind, key in keys]


def keys(shape):
    return [("HASH", shape["hash"])] + ([("RANGE", shape["range"])] if "range" in shape else [])


def projection(wanted):
    if isinstance(wanted, list):
        return {"ProjectionType": "INCLUDE", "NonKeyAttributes": wanted}
    return {"ProjectionType": wanted}


def request(table, prefix):
    indexes = table.get("indexes", [])
    attributes = {key["name"]: key["type"] for shape in [table, *indexes] for _, key in keys(shape)}
    wanted = {
        "TableName": prefix + table["name"],
        "BillingMode": "PAY_PER_REQUEST",
        "KeySchema": schema(keys(table)),
        "AttributeDefinitions": [{"AttributeName": name, "AttributeType": kind} for name, kind in attributes.items()],
    }
    if indexes:
        wanted["GlobalSecondaryIndexes"] = [
            {
                "IndexName": index["name"],
                "KeySchema": schema(keys(index)),
                "Projection": projection(index["projection"]),
            }
            for index in indexes
        ]
    return wanted


def main():
    dynamodb = boto3.client("dynamodb", **PLACE)
    prefix = os.environ.get("GAVEL_TABLE_PREFIX", "gavel-")
    for table in json.loads(pathlib.Path("/etc/gavel/tables.json").read_text()):
        wanted = request(table, prefix)
        try:
            dynamodb.create_table(**wanted)
        except dynamodb.exceptions.ResourceInUseException:
            continue
        if "ttl" in table:
            dynamodb.update_time_to_live(
                TableName=wanted["TableName"],
                TimeToLiveSpecification={"Enabled": True, "AttributeName": table["ttl"]},
            )


main()
