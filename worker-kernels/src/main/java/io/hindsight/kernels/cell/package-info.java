/** One kernel per recurrent cell: the gate equations forward, and their derivatives backward. */
package io.hindsight.kernels.cell;
