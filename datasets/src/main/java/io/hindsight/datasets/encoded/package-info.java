/** Data ready for a network, its forecasts in original units, and simple forecasts beside them. */
package io.hindsight.datasets.encoded;
