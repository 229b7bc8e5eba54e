#!/usr/bin/env bash
# Asks the Step Functions API at the endpoint that it is given, as the AWS CLI does. Ends with an error at the first surprise.
set -euo pipefail

export AWS_ENDPOINT_URL_SFN=$1 AWS_DISABLE_HOST_PREFIX_INJECTION=true AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1
export AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any AWS_PAGER= AWS_EC2_METADATA_DISABLED=true
sfn() { aws stepfunctions "$@" --output text; }
role=arn:aws:iam::000000000000:role/machine
pass='{"StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}'

arn=$(sfn create-state-machine --name cli --definition "$pass" --role-arn $role --query stateMachineArn)
[ "$(sfn describe-state-machine --state-machine-arn "$arn" --query name)" = cli ]
[[ $(sfn list-state-machines --page-size 1 --query 'stateMachines[].name') == *cli* ]]

execution=$(sfn start-execution --state-machine-arn "$arn" --name one --input '{"a": 1}' --query executionArn)
for ((i = 0; i < 50; i++)); do
  status=$(sfn describe-execution --execution-arn "$execution" --query status)
  [ "$status" = RUNNING ] || break
done
[ "$status" = SUCCEEDED ]
types=$(sfn get-execution-history --execution-arn "$execution" --reverse-order --query 'events[].type')
[ "$types" = $'ExecutionSucceeded\tPassStateExited\tPassStateEntered\tExecutionStarted' ]
[ "$(sfn list-executions --state-machine-arn "$arn" --query 'executions[].name')" = one ]
[ "$(sfn validate-state-machine-definition --definition "$pass" --query result)" = OK ]
[ "$(sfn publish-state-machine-version --state-machine-arn "$arn" --query stateMachineVersionArn)" = "$arn:1" ]
if sfn describe-execution --execution-arn "${execution}x" 2> "${TMPDIR:-/tmp}/cli-error.$$"; then exit 1; fi
grep -q ExecutionDoesNotExist "${TMPDIR:-/tmp}/cli-error.$$"
rm -f "${TMPDIR:-/tmp}/cli-error.$$"
sfn delete-state-machine --state-machine-arn "$arn"
echo "$(aws --version) is content"
