/** What is read of a table beside its inputs: categories, and what belongs to whole sequences. */
package io.hindsight.datasets.side;
