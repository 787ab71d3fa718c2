/** A trained network that answers step by step, for any number of sequences and threads at once. */
package io.hindsight.kernels.serving;
