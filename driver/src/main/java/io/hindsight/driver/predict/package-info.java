/** What is done with a stored model: predict, sample and evaluate. */
package io.hindsight.driver.predict;
