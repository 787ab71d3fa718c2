/** How far the reading of a table is: what its tasks count, and the lines that tell people. */
package io.hindsight.datasets.progress;
