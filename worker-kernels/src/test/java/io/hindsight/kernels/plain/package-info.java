/** The plain network against the kernels, and against differences of its loss. */
package io.hindsight.kernels.plain;
