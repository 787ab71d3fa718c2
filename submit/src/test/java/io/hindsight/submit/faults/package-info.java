/** The fault campaign: random faults on random runs, each compared with the undisturbed weights. */
package io.hindsight.submit.faults;
