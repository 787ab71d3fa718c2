/**
 * Scheduled retraining: a window of data, gates, a verdict, and a pointer that moves only to a
 * model that was found better.
 */
package io.hindsight.driver.retrain;
