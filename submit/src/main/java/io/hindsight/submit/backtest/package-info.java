/** The command that makes a backtest, and its table for people and for programs. */
package io.hindsight.submit.backtest;
