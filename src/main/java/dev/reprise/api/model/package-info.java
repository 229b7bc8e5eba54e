/** The Step Functions API as data: its actions, their members, and what each member may be. */
@NullMarked
package dev.reprise.api.model;

import org.jspecify.annotations.NullMarked;
