"""Asks the Step Functions API at the endpoint that it is given, as boto3 does. Ends with an error at the first surprise."""

import json
import sys
import time

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

sfn = boto3.client(
    "stepfunctions",
    endpoint_url=sys.argv[1],
    region_name="us-east-1",
    aws_access_key_id="any",
    aws_secret_access_key="any",
    config=Config(inject_host_prefix=False, retries={"max_attempts": 0}),
)

ROLE = "arn:aws:iam::000000000000:role/machine"


def machine(**states):
    return json.dumps({"StartAt": next(iter(states)), "States": states})


def wait(arn, status):
    for _ in range(2000):
        execution = sfn.describe_execution(executionArn=arn)
        if execution["status"] == status:
            return execution
        time.sleep(0.01)
    raise AssertionError(f"{arn} does not come to {status}")


def refused(code, call, **arguments):
    try:
        call(**arguments)
    except ClientError as e:
        assert e.response["Error"]["Code"] == code, e.response
        return e
    raise AssertionError(f"{code} was expected")


passing = machine(P={"Type": "Pass", "End": True})
failing = machine(F={"Type": "Task", "Resource": "task:fail", "End": True})

# State machines.
created = sfn.create_state_machine(name="boto-pass", definition=passing, roleArn=ROLE, tags=[{"key": "a", "value": "1"}])
arn = created["stateMachineArn"]
assert sfn.describe_state_machine(stateMachineArn=arn)["definition"] == passing
for i in range(3):
    sfn.create_state_machine(name=f"boto-{i}", definition=passing, roleArn=ROLE)
pages = sfn.get_paginator("list_state_machines").paginate(PaginationConfig={"PageSize": 2})
assert {m["name"] for page in pages for m in page["stateMachines"]} >= {"boto-pass", "boto-0", "boto-1", "boto-2"}
refused("StateMachineDoesNotExist", sfn.describe_state_machine, stateMachineArn=arn + "x")
refused("InvalidDefinition", sfn.create_state_machine, name="bad", definition="{}", roleArn=ROLE)

# Executions.
execution = sfn.start_execution(stateMachineArn=arn, name="one", input='{"a": 1}')
assert execution["startDate"].year >= 2025
ended = wait(execution["executionArn"], "SUCCEEDED")
assert json.loads(ended["output"]) == {"a": 1}
refused("ExecutionAlreadyExists", sfn.start_execution, stateMachineArn=arn, name="one", input="{}")
refused("InvalidName", sfn.start_execution, stateMachineArn=arn, name="a b")
forward = sfn.get_paginator("get_execution_history").paginate(
    executionArn=execution["executionArn"], PaginationConfig={"PageSize": 2}
)
types = [event["type"] for page in forward for event in page["events"]]
assert types == ["ExecutionStarted", "PassStateEntered", "PassStateExited", "ExecutionSucceeded"], types
backward = sfn.get_execution_history(executionArn=execution["executionArn"], reverseOrder=True)["events"]
assert [event["type"] for event in backward] == types[::-1]
assert sfn.describe_state_machine_for_execution(executionArn=execution["executionArn"])["name"] == "boto-pass"
for i in range(4):
    sfn.start_execution(stateMachineArn=arn, name=f"run-{i}")
pages = sfn.get_paginator("list_executions").paginate(stateMachineArn=arn, PaginationConfig={"PageSize": 2})
assert len([e for page in pages for e in page["executions"]]) == 5

# At once.
express = sfn.create_state_machine(name="boto-express", definition=passing, roleArn=ROLE, type="EXPRESS")["stateMachineArn"]
ran = sfn.start_sync_execution(stateMachineArn=express, input="[1]")
assert ran["status"] == "SUCCEEDED" and ran["output"] == "[1]" and ran["billingDetails"]["billedDurationInMilliseconds"] > 0

# Stop and redrive.
waiting = sfn.create_state_machine(
    name="boto-wait", definition=machine(W={"Type": "Wait", "Seconds": 3600, "End": True}), roleArn=ROLE
)["stateMachineArn"]
stopped = sfn.start_execution(stateMachineArn=waiting)["executionArn"]
sfn.stop_execution(executionArn=stopped, error="Enough", cause="late")
assert wait(stopped, "ABORTED")["error"] == "Enough"
broken = sfn.create_state_machine(name="boto-fail", definition=failing, roleArn=ROLE)["stateMachineArn"]
failed = sfn.start_execution(stateMachineArn=broken)["executionArn"]
assert wait(failed, "FAILED")["error"] == "Oops"
sfn.redrive_execution(executionArn=failed, clientToken="once")
assert wait(failed, "FAILED")["redriveCount"] == 1
refused("ExecutionNotRedrivable", sfn.redrive_execution, executionArn=execution["executionArn"])

# An activity, whose worker is this.
activity = sfn.create_activity(name="boto-pack")["activityArn"]
working = sfn.create_state_machine(
    name="boto-work", definition=machine(T={"Type": "Task", "Resource": activity, "End": True}), roleArn=ROLE
)["stateMachineArn"]
worked = sfn.start_execution(stateMachineArn=working, input='{"box": 3}')["executionArn"]
task = sfn.get_activity_task(activityArn=activity, workerName="boto")
assert json.loads(task["input"]) == {"box": 3}
sfn.send_task_heartbeat(taskToken=task["taskToken"])
sfn.send_task_success(taskToken=task["taskToken"], output='"packed"')
assert wait(worked, "SUCCEEDED")["output"] == '"packed"'
worked = sfn.start_execution(stateMachineArn=working)["executionArn"]
task = sfn.get_activity_task(activityArn=activity)
sfn.send_task_failure(taskToken=task["taskToken"], error="No", cause="none left")
assert wait(worked, "FAILED")["cause"] == "none left"
refused("TaskTimedOut", sfn.send_task_success, taskToken=task["taskToken"], output="{}")
refused("InvalidToken", sfn.send_task_success, taskToken="x", output="{}")
assert [a["name"] for a in sfn.list_activities()["activities"]] == ["boto-pack"]
sfn.describe_activity(activityArn=activity)
sfn.delete_activity(activityArn=activity)

# Versions and aliases.
first = sfn.publish_state_machine_version(stateMachineArn=arn, description="first")["stateMachineVersionArn"]
other = machine(P={"Type": "Pass", "Result": 2, "End": True})
updated = sfn.update_state_machine(stateMachineArn=arn, definition=other, publish=True)
second = updated["stateMachineVersionArn"]
alias = sfn.create_state_machine_alias(
    name="PROD", routingConfiguration=[{"stateMachineVersionArn": first, "weight": 100}]
)["stateMachineAliasArn"]
assert wait(sfn.start_execution(stateMachineArn=alias)["executionArn"], "SUCCEEDED")["stateMachineVersionArn"] == first
sfn.update_state_machine_alias(
    stateMachineAliasArn=alias, routingConfiguration=[{"stateMachineVersionArn": second, "weight": 100}]
)
assert sfn.describe_state_machine_alias(stateMachineAliasArn=alias)["routingConfiguration"][0]["weight"] == 100
assert wait(sfn.start_execution(stateMachineArn=alias)["executionArn"], "SUCCEEDED")["output"] == "2"
versions = sfn.list_state_machine_versions(stateMachineArn=arn)["stateMachineVersions"]
assert [v["stateMachineVersionArn"] for v in versions] == [second, first]
assert len(sfn.list_state_machine_aliases(stateMachineArn=arn)["stateMachineAliases"]) == 1
refused("ConflictException", sfn.delete_state_machine_version, stateMachineVersionArn=second)
sfn.delete_state_machine_alias(stateMachineAliasArn=alias)
sfn.delete_state_machine_version(stateMachineVersionArn=second)

# Tags.
sfn.tag_resource(resourceArn=arn, tags=[{"key": "b", "value": "2"}])
sfn.untag_resource(resourceArn=arn, tagKeys=["a"])
assert sfn.list_tags_for_resource(resourceArn=arn)["tags"] == [{"key": "b", "value": "2"}]

# Map Runs.
lines = sfn.create_state_machine(
    name="boto-lines",
    definition=machine(
        Lines={
            "Type": "Map",
            "ItemProcessor": {
                "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                "StartAt": "P",
                "States": {"P": {"Type": "Pass", "End": True}},
            },
            "End": True,
        }
    ),
    roleArn=ROLE,
)["stateMachineArn"]
mapped = sfn.start_execution(stateMachineArn=lines, input="[1, 2, 3]")["executionArn"]
wait(mapped, "SUCCEEDED")
run = sfn.list_map_runs(executionArn=mapped)["mapRuns"][0]["mapRunArn"]
assert sfn.describe_map_run(mapRunArn=run)["itemCounts"]["succeeded"] == 3

# Without a machine.
tried = sfn.test_state(definition=json.dumps({"Type": "Pass", "Next": "B"}), roleArn=ROLE, input="[1]")
assert tried["status"] == "SUCCEEDED" and tried["nextState"] == "B"
assert sfn.validate_state_machine_definition(definition=passing)["result"] == "OK"
assert sfn.validate_state_machine_definition(definition="{}", severity="ERROR", maxResults=1)["result"] == "FAIL"

sfn.delete_state_machine(stateMachineArn=arn)
sfn.delete_state_machine(stateMachineArn=arn)
print("boto3", boto3.__version__, "is content")
