/** Loops over long arrays that threads may share. */
package io.hindsight.kernels.parallel;
