"""Names of continental Europe by language, commonest first, with their diacritics."""

from __future__ import annotations

from profiles.demo.names import Name, Seconds, Strand, by_sex_and_age, doubled, for_everybody, latin, ranked
from profiles.demo.skew import by_weight

FAMILY_BITS = 13

GERMAN = (
    """Peter, Michael, Thomas, Andreas, Wolfgang, Klaus, Jürgen, Günter, Stefan, Frank, Bernd, Uwe, Rainer,
    Dieter, Jörg, Holger""",
    """Lukas, Leon, Finn, Jonas, Maximilian, Felix, Paul, Tim, Niklas, Jan, Philipp, Tobias, Florian,
    Sebastian, Moritz, Björn""",
    """Ursula, Monika, Petra, Sabine, Renate, Helga, Karin, Brigitte, Ingrid, Andrea, Gabriele, Susanne,
    Heike, Birgit, Käthe""",
    """Anna, Laura, Lena, Julia, Lisa, Sarah, Katharina, Hannah, Marie, Sophie, Lea, Johanna, Franziska,
    Annika, Jana, Zoë""",
    """Müller, Schmidt, Schneider, Fischer, Weber, Meyer, Wagner, Becker, Schulz, Hoffmann, Schäfer, Koch,
    Bauer, Richter, Klein, Wolf, Schröder, Neumann, Schwarz, Zimmermann, Braun, Krüger, Hofmann, Hartmann,
    Lange, Werner, Krause, Lehmann, Köhler, Maier, Huber, Kaiser, Fuchs, Peters, Lang, Scholz, Möller,
    Weiß, Jung, Hahn, Vogel, Keller, Günther, Frank, Berger""",
)
FRENCH = (
    """Jean, Michel, Philippe, Pierre, Alain, Bernard, Christian, Patrick, Daniel, Gérard, Jacques, André,
    François, Éric, Hervé""",
    """Nicolas, Thomas, Julien, Alexandre, Lucas, Hugo, Maxime, Antoine, Clément, Théo, Romain, Mathieu,
    Léo, Jérémy, Baptiste""",
    """Marie, Catherine, Françoise, Monique, Sylvie, Isabelle, Martine, Nathalie, Jacqueline, Véronique,
    Brigitte, Hélène, Odile""",
    """Camille, Léa, Manon, Chloé, Emma, Julie, Marine, Pauline, Mathilde, Laura, Sarah, Clara, Inès,
    Élodie, Anaïs, Margaux""",
    """Martin, Bernard, Dubois, Thomas, Robert, Richard, Petit, Durand, Leroy, Moreau, Simon, Laurent,
    Lefebvre, Michel, Garcia, David, Bertrand, Roux, Vincent, Fournier, Morel, Girard, André, Mercier,
    Dupont, Lambert, Bonnet, François, Martinez, Legrand, Garnier, Faure, Rousseau, Blanc, Guérin, Muller,
    Henry, Roussel, Nicolas, Perrin, Lefèvre, Chevalier, Boyer""",
)
SPANISH = (
    """Antonio, José, Manuel, Francisco, Juan, Pedro, Jesús, Ángel, Miguel, Rafael, Luis, Fernando, Ramón,
    Andrés, Joaquín""",
    """Alejandro, Daniel, Pablo, David, Adrián, Javier, Álvaro, Sergio, Carlos, Hugo, Mario, Diego, Jorge,
    Iván, Rubén, Raúl""",
    """María, Carmen, Josefa, Isabel, Dolores, Pilar, Teresa, Ana, Francisca, Antonia, Mercedes,
    Concepción, Rosario, Encarnación""",
    """Lucía, Paula, Laura, Marta, Sara, Cristina, Andrea, Alba, Elena, Sofía, Irene, Nerea, Carla, Raquel,
    Sandra, Noelia""",
    """García, Rodríguez, González, Fernández, López, Martínez, Sánchez, Pérez, Gómez, Martín, Jiménez,
    Hernández, Ruiz, Díaz, Moreno, Muñoz, Álvarez, Romero, Gutiérrez, Alonso, Navarro, Torres, Domínguez,
    Ramos, Vázquez, Ramírez, Gil, Serrano, Molina, Blanco, Morales, Suárez, Ortega, Delgado, Castro,
    Ortiz, Marín, Rubio, Núñez, Medina, Castillo, Cortés""",
)
ITALIAN = (
    """Giuseppe, Antonio, Giovanni, Mario, Luigi, Franco, Roberto, Angelo, Vincenzo, Salvatore, Carlo,
    Paolo, Bruno, Sergio""",
    """Andrea, Marco, Francesco, Alessandro, Matteo, Lorenzo, Davide, Luca, Simone, Federico, Riccardo,
    Gabriele, Stefano, Nicolò""",
    """Maria, Anna, Rosa, Giuseppina, Angela, Giovanna, Teresa, Lucia, Carla, Paola, Franca, Caterina,
    Rita, Antonella, Daniela""",
    """Giulia, Chiara, Francesca, Sara, Martina, Alessia, Federica, Elisa, Valentina, Sofia, Giorgia,
    Elena, Ilaria, Beatrice""",
    """Rossi, Russo, Ferrari, Esposito, Bianchi, Romano, Colombo, Ricci, Marino, Greco, Bruno, Gallo, Conti,
    De Luca, Mancini, Costa, Giordano, Rizzo, Lombardi, Moretti, Barbieri, Fontana, Santoro, Mariani,
    Rinaldi, Caruso, Ferrara, Galli, Martini, Leone, Longo, Gentile, Martinelli, Vitale, Lombardo, Serra,
    Coppola, De Santis, D'Angelo, Marchetti, Parisi, Villa""",
)
DUTCH = (
    """Jan, Hans, Henk, Piet, Cees, Kees, Wim, Gerrit, Willem, Theo, Johan, Dirk, Jos, Ruud, Bert, Rob,
    Frans, Marcel, Arjan""",
    """Daan, Sem, Thijs, Tim, Lars, Jesse, Bram, Niels, Jeroen, Sander, Bas, Luuk, Ruben, Stijn, Koen,
    Joost, Mark, Rick""",
    """Maria, Johanna, Anneke, Ria, Wilma, Trudy, Marijke, Ingrid, Yvonne, Annemiek, Tineke, Hennie,
    Monique, Jolanda, Ellen""",
    """Emma, Sanne, Lotte, Anouk, Femke, Iris, Lisa, Fleur, Sophie, Eva, Roos, Maaike, Marloes, Kim, Anne,
    Nienke, Noor""",
    """de Jong, Jansen, de Vries, van den Berg, van Dijk, Bakker, Janssen, Visser, Smit, Meijer, de Boer,
    Mulder, de Groot, Bos, Vos, Peters, Hendriks, van Leeuwen, Dekker, Brouwer, de Wit, Dijkstra, Smits,
    de Graaf, van der Meer, van der Linden, Kok, Jacobs, de Haan, Vermeulen, van den Heuvel, van der Veen,
    van den Broek, de Bruijn, Schouten, van Vliet, Prins""",
)
NORDIC = (
    """Lars, Anders, Per, Jan, Mikael, Hans, Bjørn, Svein, Göran, Åke, Ole, Kjell, Stig, Jørgen, Håkan,
    Søren, Torbjörn, Leif""",
    """Erik, Johan, Magnus, Oskar, Emil, Fredrik, Mikkel, Kasper, Henrik, Jonas, Viktor, Sander, Axel,
    Gustav, Sindre, Mads""",
    """Anna, Eva, Kerstin, Birgitta, Inger, Karin, Anne, Ingrid, Kirsten, Marianne, Lena, Bodil, Åse, Liv,
    Randi, Gunilla""",
    """Emma, Ida, Maja, Sofie, Linnea, Ingrid, Frida, Astrid, Sigrid, Freja, Elin, Hanna, Nora, Thea,
    Malin, Josefine, Signe""",
    """Andersson, Johansson, Hansen, Nielsen, Jensen, Karlsson, Nilsson, Johansen, Larsen, Eriksson,
    Pedersen, Olsen, Lindberg, Sørensen, Lindqvist, Berg, Bergström, Kristensen, Rasmussen, Håkansson,
    Haugen, Christiansen, Nyström, Lund, Dahl, Jørgensen, Björk, Strand, Møller, Sjöberg, Ekström,
    Solberg, Holm, Engström, Thomsen, Østergaard, Knudsen""",
)
POLISH = (
    """Andrzej, Krzysztof, Jan, Stanisław, Piotr, Józef, Jerzy, Zbigniew, Marek, Ryszard, Tadeusz,
    Wojciech, Dariusz, Grzegorz""",
    """Jakub, Mateusz, Michał, Kamil, Paweł, Bartosz, Łukasz, Szymon, Dawid, Filip, Adrian, Kacper, Marcin,
    Tomasz, Maciej""",
    """Anna, Maria, Krystyna, Barbara, Ewa, Elżbieta, Teresa, Danuta, Halina, Jadwiga, Grażyna, Irena,
    Bożena, Małgorzata""",
    """Julia, Zuzanna, Aleksandra, Natalia, Karolina, Agnieszka, Katarzyna, Magdalena, Martyna, Monika,
    Joanna, Weronika""",
    """Nowak, Wójcik, Kowalczyk, Woźniak, Mazur, Krawczyk, Kaczmarek, Zając, Król, Wróbel, Wieczorek,
    Stępień, Dudek, Pawlak, Sikora, Walczak, Baran, Michalak, Szewczyk, Pietrzak, Duda, Bąk, Włodarczyk""",
)

SECONDS = {
    "french": Seconds("Pierre, Claude, Louis, Paul, Marc", "Claude, Laure, Anne, Hélène, Christine", 0.12),
    "spanish": Seconds(
        "Luis, Carlos, Antonio, Manuel, José, Javier", "José, Isabel, Carmen, Teresa, Luisa, Pilar", 0.35
    ),
    "italian": Seconds("Maria, Antonio, Luca, Paolo", "Grazia, Teresa, Rosa, Chiara, Pia", 0.08),
}


def _families(key: str, text: str) -> list[Name]:
    """Return the family names; a Spaniard has two, the father's before the mother's."""
    names = ranked(latin(text), 0.7)
    return by_weight(doubled(names, names, 1.0) if key == "spanish" else names, bits=FAMILY_BITS)


def _strand(key: str, texts: tuple[str, str, str, str, str]) -> Strand:
    return Strand(
        key=key,
        script="latin",
        given=by_sex_and_age(texts[:4], exponent=0.6, seconds=SECONDS.get(key)),
        family=for_everybody(_families(key, texts[4])),
        shared=key != "spanish",
        family_bits=FAMILY_BITS,
    )


STRANDS = tuple(
    _strand(key, texts)
    for key, texts in {
        "german": GERMAN,
        "french": FRENCH,
        "spanish": SPANISH,
        "italian": ITALIAN,
        "dutch": DUTCH,
        "nordic": NORDIC,
        "polish": POLISH,
    }.items()
)
