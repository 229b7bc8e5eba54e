/** AWS Lambda as a function sees it: the Runtime API, sandboxes that freeze and die, and the Invoke API. */
@NullMarked
package dev.reprise.nativetests.lambda;

import org.jspecify.annotations.NullMarked;
