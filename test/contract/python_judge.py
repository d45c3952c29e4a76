"""A process of its own around one of Huawei's Python SDKs, which is used as its README says and changed nowhere.

A line of JSON in is a call, a line out on descriptor 3 is what the SDK made of the answer.
"""

import importlib
import json
import os
import re
import sys

from huaweicloudsdkcore.exceptions.exceptions import SdkException, ServiceResponseException
from huaweicloudsdkcore.sdk_response import SdkResponse

service, version, endpoint = sys.argv[1:4]
sdk = importlib.import_module(f"huaweicloudsdk{service}.{version}")
models = importlib.import_module(f"huaweicloudsdk{service}.{version}.model")
client_class = getattr(sdk, f"{service.capitalize()}Client")


def build_client():
    """With a URL for an endpoint, or with a region whose endpoint the environment gives."""
    builder = client_class.new_builder()
    if endpoint.startswith("http"):
        return builder.with_endpoint(endpoint).build()
    regions = importlib.import_module(f"huaweicloudsdk{service}.{version}.region.{service}_region")
    region_class = getattr(regions, f"{service.capitalize()}Region")
    return builder.with_region(region_class.value_of(endpoint)).build()


def snake(name):
    """ListServersDetails -> list_servers_details"""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()


def build(type_name, value):
    """The models that a caller would fill in, out of their JSON."""
    listed = re.fullmatch(r"list\[(.*)\]", type_name)
    if listed and isinstance(value, list):
        return [build(listed[1], each) for each in value]
    model = getattr(models, type_name, None)
    if model is None or not isinstance(value, dict):
        return value
    names = {wire: name for name, wire in model.attribute_map.items()}
    unknown = [wire for wire in value if wire not in names]
    if unknown:
        raise KeyError(f"{type_name} has no {', '.join(unknown)}")
    return model(**{
        names[wire]: build(model.openapi_types[names[wire]], each) for wire, each in value.items()
    })


PRIMITIVES = {
    "str": str,
    "bytes": str,
    "date": str,
    "datetime": str,
    "int": int,
    "long": int,
    "float": (int, float),
    "decimal.Decimal": (int, float),
    "bool": bool,
}


class Judgement:
    """Where the JSON is not what its class says. What is null or absent was not sent and is not wrong."""

    def __init__(self, class_name, value):
        self.faults = []
        self.typed = set()
        self.came = set()
        self.check(value, class_name, "")

    def check(self, value, type_name, path):
        if value is None:
            return
        listed = re.fullmatch(r"list\[(.*)\]", type_name)
        mapped = re.fullmatch(r"dict\(([^,]*), (.*)\)", type_name)
        if listed:
            if not isinstance(value, list):
                return self.wrong(value, type_name, path)
            for at, each in enumerate(value):
                self.check(each, listed[1], f"{path}[{at}]")
        elif mapped:
            if not isinstance(value, dict):
                return self.wrong(value, type_name, path)
            for key, each in value.items():
                self.check(each, mapped[2], f"{path}.{key}")
        elif type_name in PRIMITIVES:
            if isinstance(value, bool) and type_name != "bool":
                return self.wrong(value, type_name, path)
            if not isinstance(value, PRIMITIVES[type_name]):
                self.wrong(value, type_name, path)
        elif hasattr(models, type_name):
            self.check_model(value, getattr(models, type_name), path)

    def check_model(self, value, model, path):
        if not model.openapi_types:
            empty_or_enum = dict if issubclass(model, SdkResponse) else (str, int, float, bool)
            if not isinstance(value, empty_or_enum):
                self.wrong(value, model.__name__, path)
            return
        if "body" in model.attribute_map.values() and not (isinstance(value, dict) and "body" in value):
            value = {"body": value}
        if not isinstance(value, dict):
            return self.wrong(value, model.__name__, path)
        for name, type_name in model.openapi_types.items():
            wire = model.attribute_map[name]
            self.typed.add(f"{model.__name__}.{wire}")
            if value.get(wire) is not None:
                self.came.add(f"{model.__name__}.{wire}")
            self.check(value.get(wire), type_name, f"{path}.{wire}" if path else wire)

    def wrong(self, value, wanted, path):
        got = f"{type(value).__name__} {json.dumps(value)[:80]}"
        self.faults.append({"path": path, "wanted": wanted, "got": got})


def read_json(text):
    try:
        return json.loads(text)
    except ValueError:
        return None


def ask(client, operation, arguments):
    method = getattr(client, snake(operation), None)
    if method is None:
        return {"missing": True}
    try:
        request = build(f"{operation}Request", arguments)
        answer = method(request)
    except ServiceResponseException as refused:
        return {
            "status": refused.status_code,
            "code": refused.error_code,
            "message": refused.error_msg,
            "requestId": refused.request_id,
        }
    except (SdkException, KeyError, TypeError, ValueError, AttributeError) as broken:
        return {"broken": f"{type(broken).__name__}: {broken}"}
    body = read_json(answer.raw_content)
    for name, wire in answer.attribute_map.items():
        # What came as a header.
        if isinstance(body, dict) and wire not in body and isinstance(getattr(answer, name), str):
            body[wire] = getattr(answer, name)
    judgement = Judgement(type(answer).__name__, body)
    return {
        "status": answer.status_code,
        "body": body,
        "faults": judgement.faults,
        "typed": sorted(judgement.typed),
        "came": sorted(judgement.came),
    }


def main():
    client = build_client()
    with os.fdopen(3, "w") as answers:
        for line in sys.stdin:
            call = json.loads(line)
            heard = ask(client, call["operation"], call["with"])
            answers.write(json.dumps(heard) + "\n")
            answers.flush()


main()
