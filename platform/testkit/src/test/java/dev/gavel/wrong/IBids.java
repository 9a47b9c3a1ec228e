package dev.gavel.wrong;

interface IBids {}
