/** Which implementation of the vector operations this JVM uses, and why; chosen once. */
package io.hindsight.kernels.math.choice;
