/** State machines that were created through the API, with their versions and aliases; activities; tags. */
@NullMarked
package dev.reprise.statemachine;

import org.jspecify.annotations.NullMarked;
