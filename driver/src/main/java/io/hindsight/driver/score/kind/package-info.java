/** Sums over scored targets from which figures follow, for each kind of target. */
package io.hindsight.driver.score.kind;
