/**
 * Reads tables, text and generated tasks into encoded sequences, split and scaled, ready for
 * training.
 */
package io.hindsight.datasets;
