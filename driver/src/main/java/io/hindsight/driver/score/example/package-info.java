/** A closer look at the answers to some sequences of a part: their errors, and a few of them. */
package io.hindsight.driver.score.example;
