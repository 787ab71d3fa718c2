/** The command that retrains on a schedule, and how it answers. */
package io.hindsight.submit.retrain;
