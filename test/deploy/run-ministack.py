"""Runs MiniStack until SIGTERM, or until whoever started it is gone. AUTH=true has it enforce the IAM policies."""

import contextlib
import json
import os
import signal
import sys
import threading

from ministack import app
from ministack.core import iam_actions
from ministack.services import cloudformation, cloudfront, eventbridge, iam, lambda_svc, s3
from ministack.services.cloudformation import engine, handlers, provisioners, stacks

ACCOUNT = os.environ["MINISTACK_ACCOUNT_ID"]


def end_with_parent():
    sys.stdin.buffer.read()
    os.killpg(os.getpgrp(), signal.SIGKILL)


def lacks(what):
    """Names what MiniStack 1.5.33 lacks. The lines after it stand in its place. README.md lists the same, word for word."""
    print(f"MiniStack lacks: {what}", flush=True)


lacks("TLS")
# On AWS every call is over TLS; here none is, and the buckets and queues refuse calls without it.
pin_request_origin = app.pin_request_origin
app.pin_request_origin = lambda address, _secure: pin_request_origin(address, True)

lacks("batches of messages by the power to send one")
# AWS allows a batch to whoever may send one message; MiniStack 1.5.33 asks for an action that AWS does not have.
extract_iam_action = iam_actions.extract_iam_action


def action_as_on_aws(*request):
    action = extract_iam_action(*request)
    return "sqs:SendMessage" if action == "sqs:SendMessageBatch" else action


iam_actions.extract_iam_action = action_as_on_aws

lacks("conditions on what a seal names in the clear")
# A policy may ask what a seal names in the clear. AWS knows that from the request; MiniStack 1.5.33 looks at tags only.
request_tag_context = iam_actions.request_tag_context


def context_as_on_aws(service, action, body, params):
    named = json.loads(body or b"{}").get("EncryptionContext", {}) if service == "kms" else {}
    said = {f"kms:EncryptionContext:{name}": value for name, value in named.items()}
    return {**request_tag_context(service, action, body, params), **said}


iam_actions.request_tag_context = context_as_on_aws

lacks("powers over mails by sender, identity and configuration set")
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
            resource_arn=f"arn:aws:ses:{region}:{ACCOUNT}:{resource}",
            service_context={"ses:fromaddress": sender},
        )
        if denied:
            return denied
    return None


app._enforce_ses_v2 = enforce_mail_as_on_aws

lacks("the address of a user pool as an issuer")
# A user pool has an address on AWS, which its tokens name as their issuer; MiniStack 1.5.33 knows the pool's name only.
pool_attributes = provisioners._cognito_user_pool_attributes


def pool_attributes_as_on_aws(pool_id):
    attributes = pool_attributes(pool_id)
    return {**attributes, "ProviderURL": f"https://{attributes['ProviderName']}"}


provisioners._cognito_user_pool_attributes = pool_attributes_as_on_aws

lacks("the looks of managed login")
# How the pages of managed login look: MiniStack 1.5.33 has pages of its own, and does not know the type.
provisioners._RESOURCE_HANDLERS["AWS::Cognito::ManagedLoginBranding"] = {
    "create": lambda logical_id, _properties, _stack: (logical_id, {"ManagedLoginBrandingId": logical_id}),
    "delete": lambda _physical_id, _properties: None,
}

lacks("alarms on computed metrics")
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

lacks("access keys of a stack")
# A user of the account who asks KMS; MiniStack 1.5.33 makes access keys by its API only.
def make_access_key(_logical_id, properties, _stack):
    iam._create_access_key({"UserName": properties["UserName"]})
    [*_, (key_id, key)] = iam._access_keys.items()
    return key_id, {"SecretAccessKey": key["SecretAccessKey"]}


provisioners._RESOURCE_HANDLERS["AWS::IAM::AccessKey"] = {
    "create": make_access_key,
    "delete": lambda _physical_id, _properties: None,
}

lacks("origins of CloudFront by their names")
# CloudFront asks the API over TLS, by a name that AWS knows; here both are this process, without TLS.
origin_connect_target = cloudfront._origin_connect_target


def origin_here(origin, viewer_is_https):
    assert origin_connect_target(origin, viewer_is_https)[2], "an origin that is not asked over TLS"
    return "127.0.0.1", int(os.environ["GATEWAY_PORT"]), False


cloudfront._origin_connect_target = origin_here

lacks("outputs of a stack in another region")
# AWS reads what a stack of another region puts out too; MiniStack 1.5.33 looks in the region of the stack that asks.
resolve_refs = engine._resolve_refs


def resolve_across_regions(value, *context):
    asked = value.get("Fn::GetStackOutput") if isinstance(value, dict) else None
    if not isinstance(asked, dict) or "Region" not in asked:
        return resolve_refs(value, *context)
    stack = cloudformation._stacks._data[(ACCOUNT, asked["Region"], asked["StackName"])]
    return next(one["OutputValue"] for one in stack["Outputs"] if one["OutputKey"] == asked["OutputName"])


engine._resolve_refs = resolve_across_regions

lacks("exports that stay while another stack imports them")
# AWS refuses an update that takes such an export away or changes it; MiniStack 1.5.33 lets it, and gives out what is gone.
resolve_outputs = stacks._resolve_stack_outputs
IMPORT_NOTHING = ("DELETE_COMPLETE", "ROLLBACK_COMPLETE", "REVIEW_IN_PROGRESS")


def importers(export, exporter):
    return [
        name
        for name, stack in cloudformation._stacks.items()
        if name != exporter
        and stack["StackStatus"] not in IMPORT_NOTHING
        and export in handlers._imported_export_names(stack, name)
    ]


def outputs_that_nobody_misses(*asked):
    outputs, exports = resolve_outputs(*asked)
    *_, exporter, stack_id = asked
    before = [one for one in cloudformation._exports.values() if one["StackId"] == stack_id]
    for name, value in [(one["Name"], one["Value"]) for one in before]:
        if name in exports and exports[name]["Value"] == value:
            continue
        if users := importers(name, exporter):
            change = "updated" if name in exports else "deleted"
            raise ValueError(f"Export {name} cannot be {change} as it is in use by {', '.join(users)}")
        cloudformation._exports.pop(name)
    return outputs, exports


stacks._resolve_stack_outputs = outputs_that_nobody_misses

lacks("domains of one's own")
# The name of a site leads to CloudFront by DNS, which nobody asks here.
label_of_host = app._parse_cloudfront_dataplane_host


def label_of_alias_too(host):
    name = host.split(":")[0].lower()
    for one in cloudfront._distributions.values():
        if name in (alias.lower() for alias in cloudfront._get_distribution_aliases(one)):
            return one["DomainName"].split(".")[0]
    return label_of_host(host)


app._parse_cloudfront_dataplane_host = label_of_alias_too

lacks("GuardDuty")
# A plan is kept as what it protects. Whatever comes there gets a tag and an event as from GuardDuty, and only the test string of
# EICAR is malware.
PLANS = {}
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def make_plan(logical_id, properties, stack):
    bucket = properties["ProtectedResource"]["S3Bucket"]
    assert properties["Actions"]["Tagging"]["Status"] == "ENABLED", "a plan that writes no tags"
    PLANS[f"{stack}-{logical_id}"] = (bucket["BucketName"], tuple(bucket["ObjectPrefixes"]))
    return f"{stack}-{logical_id}", {"MalwareProtectionPlanId": f"{stack}-{logical_id}"}


provisioners._RESOURCE_HANDLERS["AWS::GuardDuty::MalwareProtectionPlan"] = {
    "create": make_plan,
    "delete": lambda physical_id, _properties: PLANS.pop(physical_id, None),
}

fire_s3_event = s3._fire_s3_event


def fire_and_look_for_malware(bucket, key, event, size=0, etag="", deletion_type=None, **more):
    fire_s3_event(bucket, key, event, size, etag, deletion_type, **more)
    created = event.startswith("s3:ObjectCreated:")
    if created and any(bucket == name and key.startswith(prefixes) for name, prefixes in PLANS.values()):
        say_what_was_found(bucket, key, etag.strip('"'), more.get("version_id"))


def say_what_was_found(bucket, key, etag, version):
    found = EICAR in s3._get_object_data(bucket, key, version)
    status = "THREATS_FOUND" if found else "NO_THREATS_FOUND"
    s3._object_tags[(bucket, key, version)] = {"GuardDutyMalwareScanStatus": status}
    looked_at = {"bucketName": bucket, "objectKey": key, "eTag": etag, "versionId": version}
    eventbridge._dispatch_event(
        {
            "EventId": s3.new_uuid(),
            "Source": "aws.guardduty",
            "DetailType": "GuardDuty Malware Protection Object Scan Result",
            "Detail": json.dumps(
                {
                    "scanStatus": "COMPLETED",
                    "s3ObjectDetails": looked_at,
                    "scanResultDetails": {"scanResultStatus": status},
                }
            ),
            "EventBusName": "default",
            "Time": s3.now_iso(),
            "Resources": [],
            "Account": ACCOUNT,
            "Region": s3._notification_bucket_region(bucket),
        }
    )


s3._fire_s3_event = fire_and_look_for_malware

lacks("CodeDeploy")
# An alias goes to its new version at once, and nobody waits for an alarm.
for kind in ("Application", "DeploymentGroup"):
    provisioners._RESOURCE_HANDLERS[f"AWS::CodeDeploy::{kind}"] = {
        "create": lambda logical_id, _properties, stack: (f"{stack}-{logical_id}", {}),
        "update": lambda physical_id, _old, _new, _stack, **_more: (physical_id, {}),
        "delete": lambda _physical_id, _properties: None,
    }

lacks("trails of a stack")
provisioners._RESOURCE_HANDLERS["AWS::CloudTrail::Trail"] = {
    "create": lambda _logical_id, properties, _stack: (properties["TrailName"], {}),
    "update": lambda physical_id, _old, _new, _stack, **_more: (physical_id, {}),
    "delete": lambda _physical_id, _properties: None,
}

lacks("tables that stay when their template changes")
# MiniStack 1.5.33 makes another table whenever anything of a table's template changes, and does not protect it from deletion.
make_table, update_table = provisioners._ddb_global_table_create, provisioners._ddb_global_table_update


def protected_as_said(properties):
    protected = any(replica.get("DeletionProtectionEnabled") for replica in properties["Replicas"])
    return {**properties, "DeletionProtectionEnabled": protected}


def update_table_in_place(name, before, after, stack):
    # What would make another table on AWS is refused for one that has a name, and so here.
    here = [{**protected_as_said(properties), "TableName": name} for properties in (before, after)]
    return update_table(name, *here, stack)


provisioners._RESOURCE_HANDLERS["AWS::DynamoDB::GlobalTable"].update(
    create=lambda logical_id, properties, stack: make_table(logical_id, protected_as_said(properties), stack),
    update=update_table_in_place,
)

lacks("Object Lock of a stack's buckets")
# MiniStack 1.5.33 takes the lock of a bucket by its API only.
make_bucket = provisioners._s3_create


def make_locking_bucket(logical_id, properties, stack):
    name, attributes = make_bucket(logical_id, properties, stack)
    if properties.get("ObjectLockEnabled"):
        retention = properties["ObjectLockConfiguration"]["Rule"]["DefaultRetention"]
        s3._bucket_object_lock[name] = {
            "enabled": True,
            "default_retention": {"Mode": retention["Mode"], "Days": int(retention["Days"])},
        }
    return name, attributes


provisioners._RESOURCE_HANDLERS["AWS::S3::Bucket"]["create"] = make_locking_bucket

lacks("buckets that stay while anything is in them")
# AWS deletes empty buckets only; MiniStack 1.5.33 deletes them with their stack, and what is in them too.
delete_bucket = provisioners._s3_delete


def delete_empty_bucket(name, properties):
    bucket = s3._buckets.get(name) or {}
    if bucket.get("objects") or s3._bucket_has_versions(name):
        raise ValueError(f"The bucket you tried to delete is not empty. You must delete all versions in the bucket: {name}")
    delete_bucket(name, properties)


provisioners._RESOURCE_HANDLERS["AWS::S3::Bucket"]["delete"] = delete_empty_bucket

# Object Lock looks at a clock that a test may set. What it holds for a day would hold the test for a day.
check_object_lock = s3._check_object_lock
real_now = s3.now_iso


def check_at_the_set_time(*asked):
    with contextlib.suppress(FileNotFoundError):
        said = open("lock-clock", encoding="ascii").read()
        s3.now_iso = lambda: said
    try:
        return check_object_lock(*asked)
    finally:
        s3.now_iso = real_now


s3._check_object_lock = check_at_the_set_time

# What a Lambda behind the API writes goes to CloudWatch Logs only, where a failing test does not look.
emit_lambda_logs = lambda_svc._emit_lambda_logs


def emit_lambda_logs_here_too(function, request_id, text, error, *rest, **options):
    if error or '"level":"ERROR"' in (text or ""):
        print(text, flush=True)
    return emit_lambda_logs(function, request_id, text, error, *rest, **options)


lambda_svc._emit_lambda_logs = emit_lambda_logs_here_too

threading.Thread(target=end_with_parent, daemon=True).start()
app.main()
