/**
 * Connectionist temporal classification in plain loops, and the strings that outputs are read as.
 */
package io.hindsight.kernels.ctc;
