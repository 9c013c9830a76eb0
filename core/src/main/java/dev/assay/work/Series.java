package dev.assay.work;

/**
 * What a number that a computation comes to know on its way means: the title and the axes of a chart that grows.
 *
 * @param name what is to be seen
 * @param xName of the horizontal axis, with its unit
 * @param yName of the vertical axis, with its unit, and which way is better
 */
public record Series(String name, String xName, String yName) {}
