/** What a retraining leaves in its registry, and how it is named. */
package io.hindsight.driver.retrain.folder;
