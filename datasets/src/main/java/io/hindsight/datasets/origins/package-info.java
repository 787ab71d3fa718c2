/** Where the origins of a backtest lie in the sequences of a table. */
package io.hindsight.datasets.origins;
