// Reads each template of infra/ with the AWS CDK's own reader: each resource type and property in it has to be one that CloudFormation
// knows, required properties have to be there, values of their types, and what is referred to or depended on has to exist.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnResource, Stack, Validations } from 'aws-cdk-lib';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';

const TEMPLATES = ['template.yaml', 'moving-over/before.yaml', 'moving-over/after.yaml'];

/** With these nothing is left out by a condition, and no value is empty. */
const PARAMETERS = {
  'template.yaml': {
    AlarmTopic: 'arn:aws:sns:eu-west-1:111111111111:alarms',
    KeyArn: 'arn:aws:kms:eu-west-1:111111111111:key/11111111-2222-3333-4444-555555555555',
    TriggerQueue: 'arn:aws:sqs:eu-west-1:111111111111:orders',
    TriggerTopic: 'arn:aws:sns:eu-west-1:111111111111:orders',
    TriggerBucket: 'orders',
    TriggerSchedule: 'rate(1 day)',
    WorkflowPolicies: ['arn:aws:iam::111111111111:policy/orders'],
  },
};

// SAM's own resources are left out: the CDK knows them as they were in 2016, without the properties that came since.
const OF_SAM = 'AWS::Serverless::';
const LEFT_OUT = 'Custom::Serverless';

const NO_PROBLEMS = [
  { id: 'CloudFormation-Validate::W3694', reason: 'the function that a topic notifies is one of SAM' },
  { id: 'CloudFormation-Validate::W8003', reason: 'with the values above, conditions are always true' },
];

const RULES_ARE_ERRORS = { '@aws-cdk/core:validateAgainstDefaultRules': true };

const folder = mkdtempSync(join(tmpdir(), 'reprise-infra-'));
process.on('exit', () => rmSync(folder, { recursive: true }));

// The reader puts aside what a resource's type has no property for, by this method.
let unknown = [];
CfnResource.prototype.addPropertyOverride = function (path) {
  if (!this.cfnResourceType.startsWith(LEFT_OUT)) {
    unknown.push(`${this.node.id}, ${this.cfnResourceType}, has no property ${path}`);
  }
};

function problemsOf(name) {
  unknown = [];
  const templateFile = join(folder, 'template.yaml');
  const text = readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');
  writeFileSync(templateFile, text.replaceAll(`Type: ${OF_SAM}`, `Type: ${LEFT_OUT}`));
  try {
    const app = new App({ outdir: join(folder, 'out'), analyticsReporting: false, context: RULES_ARE_ERRORS });
    const stack = new Stack(app, 'Stack');
    Validations.of(stack).acknowledge(...NO_PROBLEMS);
    const template = new CfnInclude(stack, 'Template', { templateFile, parameters: PARAMETERS[name] ?? {} });
    const ids = Object.keys(app.synth().getStackByName('Stack').template.Resources);
    const resources = ids.map((id) => template.getResource(id));
    const generic = resources.filter((resource) => resource.constructor === CfnResource);
    const foreign = generic.filter((resource) => !resource.cfnResourceType.startsWith(LEFT_OUT));
    console.log(`template infra/${name} ${resources.length - generic.length} of ${resources.length} resources checked`);
    return [...unknown, ...foreign.map((resource) => `${resource.node.id}: there is no type ${resource.cfnResourceType}`)];
  } catch (e) {
    return [...unknown, e.message];
  }
}

const problems = TEMPLATES.flatMap((name) => problemsOf(name).map((problem) => `infra/${name}: ${problem}`));
problems.forEach((problem) => console.error(problem));
process.exitCode = problems.length === 0 ? 0 : 1;
