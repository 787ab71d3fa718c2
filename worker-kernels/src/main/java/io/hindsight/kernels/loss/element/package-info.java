/** The losses of one element of a target from several raw values: quantiles and likelihoods. */
package io.hindsight.kernels.loss.element;
