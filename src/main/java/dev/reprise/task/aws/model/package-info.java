/** What AWS's services are asked and answer: tables made of their models. */
@NullMarked
package dev.reprise.task.aws.model;

import org.jspecify.annotations.NullMarked;
