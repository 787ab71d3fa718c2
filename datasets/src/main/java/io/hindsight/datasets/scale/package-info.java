/** Scales that a sequence has of its own: one for all its rows, or one at each. */
package io.hindsight.datasets.scale;
