/** The special functions of losses, as fixed sequences of IEEE operations. */
package io.hindsight.kernels.math.special;
