"""Runs MiniStack until SIGTERM, or until whoever started it is gone. AUTH=true has it enforce the IAM policies."""

import json
import os
import signal
import sys
import threading

from ministack import app
from ministack.core import iam_actions
from ministack.services import cloudformation, cloudfront, iam, lambda_svc
from ministack.services.cloudformation import engine, provisioners


def end_with_parent():
    sys.stdin.buffer.read()
    os.killpg(os.getpgrp(), signal.SIGKILL)


# On AWS every call is over TLS; here none is, and the buckets and queues refuse calls without it.
pin_request_origin = app.pin_request_origin
app.pin_request_origin = lambda address, _secure: pin_request_origin(address, True)

# AWS allows a batch to whoever may send one message; MiniStack 1.5.33 asks for an action that AWS does not have.
extract_iam_action = iam_actions.extract_iam_action


def action_as_on_aws(*request):
    action = extract_iam_action(*request)
    return "sqs:SendMessage" if action == "sqs:SendMessageBatch" else action


iam_actions.extract_iam_action = action_as_on_aws

# A policy may ask what a seal names in the clear. AWS knows that from the request; MiniStack 1.5.33 looks at tags only.
request_tag_context = iam_actions.request_tag_context


def context_as_on_aws(service, action, body, params):
    named = json.loads(body or b"{}").get("EncryptionContext", {}) if service == "kms" else {}
    said = {f"kms:EncryptionContext:{name}": value for name, value in named.items()}
    return {**request_tag_context(service, action, body, params), **said}


iam_actions.request_tag_context = context_as_on_aws

# AWS checks a mail against its identity, its configuration set and its sender; MiniStack 1.5.33 against none of them.
enforce_ses = app._enforce_ses_v2


def enforce_mail_as_on_aws(method, path, headers, body, query, request_id):
    if path != "/v2/email/outbound-emails":
        return enforce_ses(method, path, headers, body, query, request_id)
    mail = json.loads(body)
    sender = mail["FromEmailAddress"]
    region = app.extract_region(headers, query)
    for resource in (f"identity/{sender.split('@')[1]}", f"configuration-set/{mail['ConfigurationSetName']}"):
        denied = app._enforce_data_plane(
            "sesv2",
            "ses:SendEmail",
            headers,
            query,
            request_id,
            resource_arn=f"arn:aws:ses:{region}:000000000000:{resource}",
            service_context={"ses:fromaddress": sender},
        )
        if denied:
            return denied
    return None


app._enforce_ses_v2 = enforce_mail_as_on_aws

# A user pool has an address on AWS, which its tokens name as their issuer; MiniStack 1.5.33 knows the pool's name only.
pool_attributes = provisioners._cognito_user_pool_attributes


def pool_attributes_as_on_aws(pool_id):
    attributes = pool_attributes(pool_id)
    return {**attributes, "ProviderURL": f"https://{attributes['ProviderName']}"}


provisioners._cognito_user_pool_attributes = pool_attributes_as_on_aws

# How the pages of managed login look: MiniStack 1.5.33 has pages of its own, and does not know the type.
provisioners._RESOURCE_HANDLERS["AWS::Cognito::ManagedLoginBranding"] = {
    "create": lambda logical_id, _properties, _stack: (logical_id, {"ManagedLoginBrandingId": logical_id}),
    "delete": lambda _physical_id, _properties: None,
}

# AWS computes a metric from others; MiniStack 1.5.33 takes an alarm on one metric only, so the first one stands for all.
alarm_record = provisioners._cw_metric_alarm_record


def alarm_record_of_first(name, props):
    metrics = [one["MetricStat"] for one in props.get("Metrics") or [] if "MetricStat" in one]
    if not metrics:
        return alarm_record(name, props)
    alone = {key: value for key, value in props.items() if key != "Metrics"}
    first = metrics[0]
    return alarm_record(name, {**alone, **first["Metric"], "Period": first["Period"], "Statistic": first["Stat"]})


provisioners._cw_metric_alarm_record = alarm_record_of_first

# A user of the account who asks KMS; MiniStack 1.5.33 makes access keys by its API only.
def make_access_key(_logical_id, properties, _stack):
    iam._create_access_key({"UserName": properties["UserName"]})
    [*_, (key_id, key)] = iam._access_keys.items()
    return key_id, {"SecretAccessKey": key["SecretAccessKey"]}


provisioners._RESOURCE_HANDLERS["AWS::IAM::AccessKey"] = {
    "create": make_access_key,
    "delete": lambda _physical_id, _properties: None,
}

# CloudFront asks the API over TLS, by a name that AWS knows; here both are this process, without TLS.
origin_connect_target = cloudfront._origin_connect_target


def origin_here(origin, viewer_is_https):
    assert origin_connect_target(origin, viewer_is_https)[2], "an origin that is not asked over TLS"
    return "127.0.0.1", int(os.environ["GATEWAY_PORT"]), False


cloudfront._origin_connect_target = origin_here

# AWS reads what a stack of another region puts out too; MiniStack 1.5.33 looks in the region of the stack that asks.
resolve_refs = engine._resolve_refs


def resolve_across_regions(value, *context):
    asked = value.get("Fn::GetStackOutput") if isinstance(value, dict) else None
    if not isinstance(asked, dict) or "Region" not in asked:
        return resolve_refs(value, *context)
    stack = cloudformation._stacks._data[("000000000000", asked["Region"], asked["StackName"])]
    return next(one["OutputValue"] for one in stack["Outputs"] if one["OutputKey"] == asked["OutputName"])


engine._resolve_refs = resolve_across_regions

# What a Lambda behind the API writes goes to CloudWatch Logs only, where a failing test does not look.
emit_lambda_logs = lambda_svc._emit_lambda_logs


def emit_lambda_logs_here_too(function, request_id, text, error, *rest, **options):
    if error or '"level":"ERROR"' in (text or ""):
        print(text, flush=True)
    return emit_lambda_logs(function, request_id, text, error, *rest, **options)


lambda_svc._emit_lambda_logs = emit_lambda_logs_here_too

threading.Thread(target=end_with_parent, daemon=True).start()
app.main()
