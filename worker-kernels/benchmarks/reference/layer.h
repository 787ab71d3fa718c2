/* One recurrent layer over a batch of equal lengths, forward and backward, in float64. */
#ifndef LAYER_H
#define LAYER_H

#include <stdbool.h>
#include <stddef.h>

struct layer;

/* What is particular to a cell. Gates and weights are in PyTorch's order. */
struct cell {
  const char *name;
  int gates;  /* G */
  /* Whether a gate needs h W_hh^T apart from x W_ih^T, and dE/dh flows around the gates too. */
  bool separate;
  void (*forward)(struct layer *layer, int t);
  void (*backward)(struct layer *layer, int t);
};

extern const struct cell RNN, LSTM, GRU;

/* T steps, B sequences, I inputs, H hidden units, G gates. Arrays are row-major; row 0 of the
   states is the initial one, zero. */
struct layer {
  const struct cell *cell;
  int I, H, B, T;
  int GH;  /* G times H */

  double *x;                       /* (T, B, I) */
  double *w_ih, *w_hh;             /* (GH, I), (GH, H) */
  double *b_ih, *b_hh;             /* (GH) each */
  double *dy;                      /* (T, B, H): dE/dh of each step, from outside */

  double *a;                       /* (T, B, GH): sums, then gates, then their gradients */
  double *u;                       /* (T, B, GH): separate products of h, then their gradients */
  double *h;                       /* (T + 1, B, H) */
  double *c, *tanh_c;              /* (T + 1, B, H), (T, B, H): of an LSTM */
  double *dh, *dc;                 /* (B, H): what the step after hands back */

  double *dw_ih, *dw_hh;           /* as the weights */
  double *db_ih, *db_hh;
};

/* An array and its length. */
struct span {
  double *values;
  size_t count;
};

enum { INPUTS = 6, RESULTS = 5 };

/* cblas_dgemm of the library in use. */
typedef void dgemm_function(int order, int transpose_a, int transpose_b, int m, int n, int k,
                            double alpha, const double *a, int lda, const double *b, int ldb,
                            double beta, double *c, int ldc);
extern dgemm_function *dgemm;

struct layer *layer_new(const struct cell *cell, int I, int H, int B, int T);
void layer_free(struct layer *layer);

/* x, w_ih, w_hh, b_ih, b_hh, dy */
void layer_inputs(const struct layer *layer, struct span spans[INPUTS]);

/* h after each step, dw_ih, dw_hh, db_ih, db_hh */
void layer_results(const struct layer *layer, struct span spans[RESULTS]);

void layer_forward(struct layer *layer);

/* To the weights; nothing asks for the gradients of the input and of the initial state. */
void layer_backward(struct layer *layer);

#endif
