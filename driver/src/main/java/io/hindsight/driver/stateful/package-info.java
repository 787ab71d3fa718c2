/** Answers to sequences that go on: what is kept of each between its rows, as bytes. */
package io.hindsight.driver.stateful;
