/** Threads that share the work of a time step, the products that they share, and how they wait. */
package io.hindsight.kernels.team;
