/** What a retraining tells others at its end: figures for alerts, and commands to run. */
package io.hindsight.driver.retrain.report;
