"""Five checks of schemathesis with the exceptions they need here, each with its reason. The other checks stay as they are."""

import json

import schemathesis
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    ignored_auth,
    positive_data_acceptance,
    response_schema_conformance,
    unsupported_method,
)

OURS = "huawei-cloud-api"


def refusal(response):
    """Who refused, why, and what was said of which field."""
    try:
        first, *more = json.loads(response.content)["error"]["details"]
        blamed = [
            (violation["field"], violation["description"])
            for detail in more
            for violation in detail.get("fieldViolations", [])
        ]
        return first["domain"], first["reason"], blamed
    except (ValueError, KeyError, TypeError):
        return None, None, []


def is_beyond_schema(field, description):
    """Rules that a schema of ours has no words for."""
    return (
        # What regions there are is a table.
        (field == "regionId" and description.startswith(("is unknown", "must be one region", "(number ")))
        # They name fields of the items, each once.
        or field.startswith(("fields[", "sort["))
        # Text is base64 or not by another field; a path's word is no id; a header's syntax is its own.
        # (A request whose secret is the word base64 has that word hidden, here too.)
        or (field == "userData" and description.startswith(("must be base64", "must be ***")))
        or (field == "instanceId" and description.startswith("is no instance"))
        or field == "Prefer"
        # What the names of passed parameters are made of.
        or (field == "query" and description == "has a parameter name that is no name")
        # One of several fields.
        or description.startswith(("must hold one of", "or instanceId is required"))
    )


def is_raw(case):
    return case.operation.path.startswith("/api/raw/")


@schemathesis.check
def no_server_error(ctx, response, case):
    # The sandbox says so where it does not imitate an operation: through raw calls any can be asked.
    if response.status_code == 501 and b"SANDBOX.NOT_IMITATED" in response.content:
        return None
    return not_a_server_error(ctx, response, case)


@schemathesis.check
def sound_data_accepted(ctx, response, case):
    # A raw path has slashes, which OpenAPI cannot say: the value goes out with %2F in their place, and is refused.
    if is_raw(case):
        return None
    # What a message holds is MCP's to say, and a session comes before all others.
    if case.operation.path == "/mcp":
        return None
    domain, reason, blamed = refusal(response)
    # Huawei Cloud has rules that no schema of ours repeats, and knows what is there.
    if domain not in (None, OURS):
        return None
    # Where any JSON may stand, it still must not be too deep, nor hold numbers or names that no parser keeps.
    if reason in ("REGION_NOT_OPENED", "MALFORMED_JSON") or (blamed and all(is_beyond_schema(*one) for one in blamed)):
        return None
    return positive_data_acceptance(ctx, response, case)


@schemathesis.check
def keys_needed(ctx, response, case):
    # Keys say whose approvals are meant, and Huawei Cloud is not asked: with wrong ones there are none.
    if case.operation.path == "/api/approvals" and json.loads(response.content).get("data", {}).get("value") == {"approvals": []}:
        return None
    return ignored_auth(ctx, response, case)


@schemathesis.check
def unlisted_method_refused(ctx, response, case):
    # A GET or DELETE that brings a body is refused for that, before anybody asks what is at the path.
    if refusal(response)[:2] == (OURS, "BODY_NOT_ALLOWED"):
        return None
    return unsupported_method(ctx, response, case)


@schemathesis.check
def body_matches_schema(ctx, response, case):
    # The document's schema is that of the whole stream, a text; schemathesis holds each event against it, an object.
    if any(value.startswith("text/event-stream") for value in response.headers.get("content-type", [])):
        return None
    return response_schema_conformance(ctx, response, case)
