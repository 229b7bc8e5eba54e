// Asks the Step Functions API at the endpoint that it is given, as the AWS SDK for JavaScript does. Ends with an error at
// the first surprise.
import assert from 'node:assert';
import {
  SFNClient, CreateStateMachineCommand, DeleteStateMachineCommand, DescribeExecutionCommand, DescribeStateMachineCommand,
  ExecutionDoesNotExist, GetExecutionHistoryCommand, ListExecutionsCommand, paginateListStateMachines,
  RedriveExecutionCommand, SendTaskSuccessCommand, GetActivityTaskCommand, CreateActivityCommand, StartExecutionCommand,
  StartSyncExecutionCommand, StopExecutionCommand, TestStateCommand, ValidateStateMachineDefinitionCommand,
  PublishStateMachineVersionCommand, CreateStateMachineAliasCommand, ListTagsForResourceCommand, TagResourceCommand,
} from '@aws-sdk/client-sfn';

const sfn = new SFNClient({
  endpoint: process.argv[2], region: 'us-east-1', disableHostPrefix: true, maxAttempts: 1,
  credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
});
const ask = command => sfn.send(command);
const roleArn = 'arn:aws:iam::000000000000:role/machine';
const machine = states => JSON.stringify({ StartAt: Object.keys(states)[0], States: states });
const create = async (name, states, type) =>
  (await ask(new CreateStateMachineCommand({ name, definition: machine(states), roleArn, type }))).stateMachineArn;
const start = async (stateMachineArn, input) =>
  (await ask(new StartExecutionCommand({ stateMachineArn, input }))).executionArn;

async function wait(executionArn, status) {
  for (let i = 0; i < 2000; i++) {
    const execution = await ask(new DescribeExecutionCommand({ executionArn }));
    if (execution.status === status) return execution;
    await new Promise(resolve => setTimeout(resolve, 10));
  }
  throw new Error(`${executionArn} does not come to ${status}`);
}

const pass = { P: { Type: 'Pass', End: true } };
const arn = await create('js-pass', pass);
assert.equal((await ask(new DescribeStateMachineCommand({ stateMachineArn: arn }))).creationDate instanceof Date, true);
const names = [];
for await (const page of paginateListStateMachines({ client: sfn, pageSize: 1 }, {})) {
  page.stateMachines.forEach(each => names.push(each.name));
}
assert.ok(names.includes('js-pass'));
const execution = await start(arn, '{"a":1}');
assert.equal((await wait(execution, 'SUCCEEDED')).output, '{"a":1}');
const history = await ask(new GetExecutionHistoryCommand({ executionArn: execution, reverseOrder: true, maxResults: 2 }));
assert.deepEqual(history.events.map(event => event.type), ['ExecutionSucceeded', 'PassStateExited']);
assert.equal((await ask(new ListExecutionsCommand({ stateMachineArn: arn }))).executions.length, 1);
await assert.rejects(ask(new DescribeExecutionCommand({ executionArn: execution + 'x' })), ExecutionDoesNotExist);

const express = await create('js-express', pass, 'EXPRESS');
assert.equal((await ask(new StartSyncExecutionCommand({ stateMachineArn: express, input: '[1]' }))).output, '[1]');

const waiting = await start(await create('js-wait', { W: { Type: 'Wait', Seconds: 3600, End: true } }));
await ask(new StopExecutionCommand({ executionArn: waiting }));
await wait(waiting, 'ABORTED');
await ask(new RedriveExecutionCommand({ executionArn: waiting }));
await wait(waiting, 'RUNNING');
await ask(new StopExecutionCommand({ executionArn: waiting }));

const { activityArn } = await ask(new CreateActivityCommand({ name: 'js-pack' }));
const worked = await start(await create('js-work', { T: { Type: 'Task', Resource: activityArn, End: true } }), '3');
const task = await ask(new GetActivityTaskCommand({ activityArn }));
await ask(new SendTaskSuccessCommand({ taskToken: task.taskToken, output: task.input }));
assert.equal((await wait(worked, 'SUCCEEDED')).output, '3');

const { stateMachineVersionArn } = await ask(new PublishStateMachineVersionCommand({ stateMachineArn: arn }));
const alias = await ask(new CreateStateMachineAliasCommand({
  name: 'PROD', routingConfiguration: [{ stateMachineVersionArn, weight: 100 }],
}));
await wait(await start(alias.stateMachineAliasArn), 'SUCCEEDED');
await ask(new TagResourceCommand({ resourceArn: arn, tags: [{ key: 'a', value: '1' }] }));
assert.equal((await ask(new ListTagsForResourceCommand({ resourceArn: arn }))).tags[0].key, 'a');
const tried = await ask(new TestStateCommand({ definition: '{"Type":"Pass","Next":"B"}', roleArn, input: '[1]' }));
assert.equal(tried.nextState, 'B');
assert.equal((await ask(new ValidateStateMachineDefinitionCommand({ definition: machine(pass) }))).result, 'OK');
await ask(new DeleteStateMachineCommand({ stateMachineArn: arn }));
console.log('@aws-sdk/client-sfn is content');
