/** Windows of sequences: where they begin, in which order, and how a part is read in blocks. */
package io.hindsight.datasets.windows;
