/** The losses of a step's target in plain loops, and that of the best constant answer. */
package io.hindsight.kernels.plain.loss;
