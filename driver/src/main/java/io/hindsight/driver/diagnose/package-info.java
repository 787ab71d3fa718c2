/** Why a network does not learn: figures of a few windows, and what they say. */
package io.hindsight.driver.diagnose;
