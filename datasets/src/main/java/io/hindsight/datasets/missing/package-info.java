/** What is read in place of input values that are missing. */
package io.hindsight.datasets.missing;
