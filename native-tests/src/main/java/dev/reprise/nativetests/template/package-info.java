/** The deployment template, as far as the function and its table come from it. */
@NullMarked
package dev.reprise.nativetests.template;

import org.jspecify.annotations.NullMarked;
