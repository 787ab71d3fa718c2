/** How well quantiles tell where targets lie. */
package io.hindsight.driver.score.interval;
