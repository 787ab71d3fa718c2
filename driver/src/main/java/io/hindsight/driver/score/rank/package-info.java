/** How well probabilities put what is true before what is not, and how far they can be believed. */
package io.hindsight.driver.score.rank;
