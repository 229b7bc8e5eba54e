package dev.reprise.task.aws.model;

/** Leads to a shape, which may be the one that it stands in: shapes are read when they are first needed. */
@FunctionalInterface
public interface ShapeReference {

    /** The shape. */
    Shape shape();
}
