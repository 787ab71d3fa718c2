/**
 * What a network reaches on data: loss, errors and class figures, beside answers that need no
 * network.
 */
package io.hindsight.driver.score;
