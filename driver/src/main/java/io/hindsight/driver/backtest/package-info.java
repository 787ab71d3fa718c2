/** Backtests: a forecast judged at one origin in time after another, as it would have been made. */
package io.hindsight.driver.backtest;
