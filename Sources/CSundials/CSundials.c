#include "CSundials.h"
