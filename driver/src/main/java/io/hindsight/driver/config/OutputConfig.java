package io.hindsight.driver.config;

/**
 * Where results go: the {@code output} section.
 *
 * @param directory parent of the run directories that are named by the run's name and start time
 */
public record OutputConfig(String directory) {}
